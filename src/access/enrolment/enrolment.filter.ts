import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Denial } from '../denial.js';
import { EnrolmentFault } from './enrolment.fault.js';

/** Tells a tablet or the desk why not: a sentence and a code, under the status that says the same. */
@Catch(EnrolmentFault, Denial)
export class EnrolmentFilter implements ExceptionFilter<EnrolmentFault | Denial> {
  catch(refused: EnrolmentFault | Denial, host: ArgumentsHost): void {
    const denied = refused instanceof Denial;
    const code = denied ? String(refused.extensions['code']) : 'NOT_ACCEPTED';
    void host
      .switchToHttp()
      .getResponse<FastifyReply>()
      .status(denied ? refused.statusCode : 422)
      .send({ code, message: refused.message });
  }
}

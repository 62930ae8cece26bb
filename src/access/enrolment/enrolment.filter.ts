import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sayReason } from '../../shared/catalogue/say.js';
import { Denial } from '../denial.js';
import { defaultLanguage, preferredLanguage } from '../language.rules.js';
import { EnrolmentFault } from './enrolment.fault.js';

/** Tells a tablet or the desk why not: a sentence in the language that was asked for and a code, under the status that says the same. */
@Catch(EnrolmentFault, Denial)
export class EnrolmentFilter implements ExceptionFilter<EnrolmentFault | Denial> {
  catch(refused: EnrolmentFault | Denial, host: ArgumentsHost): void {
    const denied = refused instanceof Denial;
    const code = denied ? String(refused.extensions['code']) : 'NOT_ACCEPTED';
    const http = host.switchToHttp();
    const asked = http.getRequest<FastifyRequest>().headers['accept-language'];
    void http
      .getResponse<FastifyReply>()
      .status(denied ? refused.statusCode : 422)
      .send({ code, message: sayReason(preferredLanguage(asked) ?? defaultLanguage, refused.reason) });
  }
}

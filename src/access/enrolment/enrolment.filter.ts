import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { UnfitInput } from '../../platform/graphql/unfit-input.js';
import { sayReason } from '../../shared/catalogue/say.js';
import { Denial } from '../denial.js';
import { defaultLanguage, preferredLanguage } from '../language.rules.js';
import { EnrolmentFault } from './enrolment.fault.js';

/** Tells a tablet or the desk why not: a sentence in the language that was asked for and a code, under the status that says the same. */
@Catch(EnrolmentFault, Denial, UnfitInput)
export class EnrolmentFilter implements ExceptionFilter<EnrolmentFault | Denial | UnfitInput> {
  catch(refused: EnrolmentFault | Denial | UnfitInput, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const asked = http.getRequest<FastifyRequest>().headers['accept-language'];
    const language = preferredLanguage(asked) ?? defaultLanguage;
    const message = refused instanceof UnfitInput ? refused.sayTo(language) : sayReason(language, refused.reason);
    const [status, code] = standingOf(refused);
    void http.getResponse<FastifyReply>().status(status).send({ code, message });
  }
}

function standingOf(refused: EnrolmentFault | Denial | UnfitInput): [status: number, code: string] {
  if (refused instanceof Denial) return [refused.statusCode, String(refused.extensions['code'])];
  return refused instanceof UnfitInput ? [400, 'BAD_USER_INPUT'] : [422, 'NOT_ACCEPTED'];
}

import { BadRequestException, ValidationPipe, type ValidationError } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';
import { say } from '../../shared/catalogue/say.js';

/** What is wrong with one field, by the name of the validator that found it and the bounds that it was given. */
interface Flaw {
  readonly field: string;
  readonly rule: string;
  readonly bounds: readonly unknown[];
}

/** Words of a caller that do not fit; the messages are for whoever writes programs, `sayTo` is for whoever filled in a form. */
export class UnfitInput extends BadRequestException {
  constructor(
    messages: readonly string[],
    private readonly flaws: readonly Flaw[],
  ) {
    super(messages);
  }

  sayTo(language: string): string {
    return [...new Set(this.flaws.map((flaw) => sentenceOf(language, flaw)))].join(' ');
  }
}

/** Validates what comes in, and says in the reader's language what does not fit. */
export class InputPipe extends ValidationPipe {
  constructor() {
    // The bounds of a rule are found by the class it stands in.
    const validationError = { target: true, value: false };
    super({ whitelist: true, transform: true, forbidUnknownValues: false, validationError });
  }

  override createExceptionFactory() {
    return (errors: ValidationError[] = []): UnfitInput =>
      new UnfitInput(this.flattenValidationErrors(errors), errors.flatMap(flawsOf));
  }
}

function flawsOf({ target, property: field, constraints = {}, children = [] }: ValidationError): Flaw[] {
  const rules = target ? getMetadataStorage().getTargetValidationMetadatas(target.constructor, '', false, false) : [];
  const own = Object.keys(constraints).map((rule) => {
    const found = rules.find(({ propertyName, name }) => propertyName === field && name === rule);
    return { field, rule, bounds: (found?.constraints ?? []) as unknown[] };
  });
  return [...own, ...children.flatMap(flawsOf)];
}

function sentenceOf(language: string, { field, rule, bounds }: Flaw): string {
  const [first, second] = bounds.filter((bound) => typeof bound === 'number');
  switch (rule) {
    case 'maxLength':
      return say(language, 'input.too-long', { field, most: first ?? 0 });
    case 'isLength':
      return say(language, 'input.length', { field, least: first ?? 0, most: second ?? first ?? 0 });
    case 'min':
      return say(language, 'input.too-small', { field, least: first ?? 0 });
    case 'max':
      return say(language, 'input.too-large', { field, most: first ?? 0 });
    case 'matches':
      return say(language, 'input.characters', { field });
  }
  return say(language, 'input.unfit', { field });
}

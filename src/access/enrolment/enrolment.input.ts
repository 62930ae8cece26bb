import { IsObject, IsString, IsUUID, Length, MaxLength } from 'class-validator';

/** The code from the manager and the public half of the device's key. */
export class EnrolInput {
  @IsString()
  @MaxLength(40)
  code!: string;

  @IsObject()
  publicKey!: object;
}

/** Which tablet asks for something to sign. */
export class ChallengeInput {
  @IsUUID()
  tabletId!: string;
}

/** The signed challenge, in base64. */
export class TokenInput extends ChallengeInput {
  @IsString()
  @MaxLength(300)
  challenge!: string;

  @IsString()
  @MaxLength(200)
  signature!: string;
}

/** Who opens a shift, and her PIN. */
export class ShiftInput {
  @IsUUID()
  staffId!: string;

  @IsString()
  @Length(4, 8)
  pin!: string;
}

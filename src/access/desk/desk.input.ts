import { IsString, IsUUID, MaxLength, MinLength } from 'class-validator';

/** A staff token, traded for a cookie. */
export class SignInInput {
  @IsString()
  @MaxLength(200)
  token!: string;
}

/** A new PIN for a member of staff. */
export class PinInput {
  @IsUUID()
  staffId!: string;

  @IsString()
  @MaxLength(40)
  pin!: string;
}

/** Where a new tablet is going to lie. */
export class TabletInput {
  @IsUUID()
  storeId!: string;

  @IsString()
  @MinLength(1)
  @MaxLength(80)
  name!: string;
}

/** Which tablet. */
export class WhichTabletInput {
  @IsUUID()
  tabletId!: string;
}

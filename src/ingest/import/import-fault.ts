/** Why a file cannot be imported; the message is one line that says what to do next. */
export class ImportFault extends Error {
  override readonly name = 'ImportFault';
}

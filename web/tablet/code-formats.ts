/** Every kind of code there is to scan: as browsers call it (https://wicg.github.io/shape-detection-api), and as zxing does. */
export const CODE_FORMATS = {
  qr_code: 'QRCode',
  aztec: 'Aztec',
  pdf417: 'PDF417',
  data_matrix: 'DataMatrix',
  code_128: 'Code128',
  ean_13: 'EAN13',
  ean_8: 'EAN8',
} as const;

/** What the catalogue says of one code. `meaning` is the sentence of the reference page. */
export interface Entry {
  readonly severity: 'error' | 'warning' | 'advice';
  readonly meaning: string;
  readonly message: (parameters: never) => string;
  /** The exit code of a run that ends with it; 1 (findings) unless said otherwise. */
  readonly exitCode?: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;
}

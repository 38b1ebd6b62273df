/** A read that failed. The message is worded as the provider words its own, so that both are understood alike. */
export class TenantError extends Error {
  override readonly name = 'TenantError';
  /** Seconds since the end of the limit of the rate, as the tenant has named it; null where it has not, or it is to come. */
  readonly limitEndedAgo: number | null;

  constructor(message: string, options: ErrorOptions & { readonly limitEndedAgo?: number | null } = {}) {
    super(message, options);
    this.limitEndedAgo = options.limitEndedAgo ?? null;
  }
}

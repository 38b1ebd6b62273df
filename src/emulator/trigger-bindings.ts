/** That an action runs at a trigger. */
export interface Binding {
  readonly id: string;
  readonly actionId: string;
  readonly display_name: string;
  readonly created_at: string;
}

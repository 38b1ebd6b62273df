import type { Place } from '../../language/source.ts';
import type { Collector } from './collector.ts';

const millisecondsOfDay = 86_400_000;

/** Refuses days that the calendar does not have, such as 2027-02-30. */
export function checkDay(day: string, place: Place, collector: Collector): void {
  const parsed = new Date(`${day}T00:00:00Z`);
  const exists = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day);
  if (!exists) collector.report('RW5107', place, { day }, { expected: 'a day: YYYY-MM-DD' });
}

/** Days from one day to another, both `YYYY-MM-DD` in UTC; negative if the second is the earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / millisecondsOfDay);
}

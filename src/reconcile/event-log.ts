import { closeSync, fstatSync, openSync, readSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import type { EngineEvent } from '@pulumi/pulumi/automation/events.js';

/** A file without a name, to which the engine writes its events. */
export interface EventLog {
  /** To be handed to the engine as its descriptor 3. */
  readonly descriptor: number;
  /** The path under which the engine opens that descriptor. */
  readonly path: string;
  /** Reads what is left, then forgets everything. */
  readonly close: () => void;
}

const pollEvery = 25;

/**
 * Opens an event log. The engine writes its debug events too, and they hold secrets in clear; the Automation API keeps
 * them in a named file below the temporary folder, where they stay if the process is killed. So the file is unlinked
 * before anything is written to it, and debug events are dropped as they are read.
 */
export function openEventLog(onEvent: (event: EngineEvent) => void): EventLog {
  const name = join(tmpdir(), `rolewright-${process.pid}-${crypto.randomUUID()}`);
  const descriptor = openSync(name, 'wx+', 0o600);
  unlinkSync(name);

  const decoder = new StringDecoder('utf8');
  const buffer = Buffer.alloc(1 << 18);
  let position = 0;
  let rest = '';

  const drain = () => {
    while (fstatSync(descriptor).size > position) {
      const count = readSync(descriptor, buffer, 0, buffer.length, position);
      if (count === 0) return;
      position += count;
      const lines = (rest + decoder.write(buffer.subarray(0, count))).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const event = parseEvent(line);
        if (event !== null) onEvent(event);
      }
    }
  };
  const timer = setInterval(drain, pollEvery);
  return {
    descriptor,
    path: '/dev/fd/3',
    close: () => {
      clearInterval(timer);
      drain();
      closeSync(descriptor);
    },
  };
}

/** The event of a line, or null for a debug event, an empty line, and one that was cut off by a kill. */
function parseEvent(line: string): EngineEvent | null {
  if (line === '') return null;
  try {
    const event = JSON.parse(line) as EngineEvent;
    // The published type leaves this severity out; the engine sends it all the same.
    return (event.diagnosticEvent?.severity as string) === 'debug' ? null : event;
  } catch {
    return null;
  }
}

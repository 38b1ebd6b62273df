// Plain JavaScript, because Pulumi loads it with its own loader of TypeScript; what it imports is Node's to strip of types.
import './pack.ts';

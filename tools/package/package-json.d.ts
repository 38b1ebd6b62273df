// package.json lies outside of src/, so the compiler would lay dist/ out around both. It stays where it is, and the
// import `../package.json` leads to it from dist/ as from src/; this says to the compiler what it finds there.
declare module '*/package.json' {
  const manifest: {
    readonly version: string;
    readonly peerDependencies: Readonly<Record<'@pulumi/auth0' | '@pulumi/pulumi', string>>;
  };
  // biome-ignore lint/style/noDefaultExport: that is how JSON is imported
  export default manifest;
}

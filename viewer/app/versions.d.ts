// Written into the page when it is built: the project's version, and those of its libraries.
declare const VERSIONS: Readonly<Record<string, string>>

/** A backup that cannot be made, read or brought back: its message is meant for whoever typed the command. */
export class RefusedBackup extends Error {}

// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/** Owns how the tests make a Team of Nextcloud, which has no command for it. */
import type { Nextcloud } from './nextcloud.ts'
import { php } from './php.ts'

/** A Team as its owner makes it in the Contacts app; prints the id. */
const MAKE_TEAM = `
  define('OC_CONSOLE', 1);
  require 'lib/base.php';
  \\OCP\\Server::get(\\OCP\\App\\IAppManager::class)->loadApps();
  $circles = \\OCP\\Server::get(\\OCA\\Circles\\CirclesManager::class);
  $circles->startSession($circles->getLocalFederatedUser($argv[1]));
  $circle = $circles->createCircle('Herritarrak');
  $circles->addMember($circle->getSingleId(), $circles->getLocalFederatedUser($argv[2]));
  echo 'TEAM=', $circle->getSingleId();
`

/** @returns its id */
export async function teamOfTwo(nextcloud: Nextcloud, owner: string, member: string): Promise<string> {
  const printed = await php(['-r', MAKE_TEAM, owner, member], { cwd: nextcloud.tree })
  return /TEAM=(\w+)/.exec(printed)?.[1] ?? printed
}

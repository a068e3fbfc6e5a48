<?php

declare(strict_types=1);

/**
 * Owns what can be seen of the public way to the sync server from the machine of Nextcloud. The administration page looks
 * again from the browser, which is what counts.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Diagnosis;

use OCA\Auzolan\Service\Address;
use OCA\Auzolan\Service\Answer;
use OCA\Auzolan\Service\Pairing;
use OCA\Auzolan\Service\SyncServer;
use OCP\IL10N;

final class ProxyChecks {
	public function __construct(
		private readonly Pairing $pairing,
		private readonly SyncServer $server,
		private readonly SocketProbe $socket,
		private readonly IL10N $l10n,
	) {
	}

	/** @return list<Finding> */
	public function run(): array {
		$public = $this->pairing->publicAddress();
		if ($public === null) {
			return [];
		}
		$answer = $this->server->look($public->url() . '/healthz');
		$page = $this->page($public, $answer);
		return $page->severity === Finding::OK ? [$page, $this->sockets($public)] : [$page];
	}

	private function page(Address $public, Answer $answer): Finding {
		$tried = 'GET ' . $public->url() . '/healthz';
		$lines = $this->l10n->t('Add the lines that “occ auzolan:setup --proxy nginx” prints (or apache, caddy, traefik), and reload the proxy.');
		if ($answer->ok() && ($answer->json()['status'] ?? null) === 'ok') {
			return new Finding('proxy', Finding::OK, $this->l10n->t('The public address leads to the sync server.'), $tried, $answer->said());
		}
		if ($answer->status === 0) {
			return new Finding(
				'proxy',
				Finding::WARNING,
				$this->l10n->t('The public address cannot be reached from the machine of Nextcloud.'),
				$tried,
				$answer->said(),
				$this->l10n->t('If the administration page reaches it from your browser, all is well. Otherwise check name, port and certificate.'),
			);
		}
		return in_array($answer->status, [500, 502, 503, 504], true)
			? new Finding('proxy', Finding::ERROR, $this->l10n->t('The proxy does not reach the sync server.'), $tried, $answer->said(), $this->l10n->t('Check that the server is running, and the address that stands in the lines of the proxy.'))
			: new Finding('proxy', Finding::ERROR, $this->l10n->t('The proxy does not pass this path to the sync server.'), $tried, $answer->said(), $lines);
	}

	private function sockets(Address $public): Finding {
		$cameBack = $this->socket->open($public);
		$tried = 'WebSocket ' . $public->origins()[1] . $public->path . '/sync/probe';
		return str_starts_with($cameBack, 'HTTP/1.1 101')
			? new Finding('websocket', Finding::OK, $this->l10n->t('WebSockets come through.'), $tried, $cameBack)
			: new Finding(
				'websocket',
				Finding::WARNING,
				$this->l10n->t('The proxy does not pass WebSockets. Auzolan works, but others’ changes come later.'),
				$tried,
				$cameBack,
				$this->l10n->t('Let the proxy pass the headers Upgrade and Connection; the lines of “occ auzolan:setup --proxy nginx” do.'),
			);
	}
}

<?php

declare(strict_types=1);

/**
 * Owns the one thing Nextcloud's HTTP client cannot do: ask for a WebSocket, to see whether a proxy lets it through.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Diagnosis;

use OCA\Auzolan\Service\Address;

final class SocketProbe {
	private const SECONDS = 3;
	private const PORTS = ['http' => 80, 'https' => 443];

	/** The status line that came back, or why there was none. */
	public function open(Address $address): string {
		$target = ($address->scheme === 'https' ? 'ssl://' : 'tcp://') . $address->host . ':' . ($address->port ?? self::PORTS[$address->scheme]);
		$context = stream_context_create(['ssl' => ['peer_name' => $address->host, 'SNI_enabled' => true]]);
		$socket = @stream_socket_client($target, $code, $error, self::SECONDS, STREAM_CLIENT_CONNECT, $context);
		if ($socket === false) {
			return $error === '' ? 'no connection' : $error;
		}
		stream_set_timeout($socket, self::SECONDS);
		fwrite($socket, implode("\r\n", [
			'GET ' . $address->path . '/sync/probe HTTP/1.1',
			'Host: ' . $address->authority(),
			'Connection: Upgrade',
			'Upgrade: websocket',
			'Sec-WebSocket-Version: 13',
			'Sec-WebSocket-Protocol: auzolan.probe',
			'Sec-WebSocket-Key: ' . base64_encode(random_bytes(16)),
			'',
			'',
		]));
		$line = fgets($socket, 1024);
		fclose($socket);
		return $line === false ? 'no answer' : trim($line);
	}
}

<?php

declare(strict_types=1);

/**
 * Owns the texts an administrator copies: the environment of the sync server, and the lines for the proxy before it.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Service;

use OCA\Auzolan\Config\Lexicon;

final class Installation {
	public const PROXIES = ['nginx', 'apache', 'caddy', 'traefik'];
	private const PORT = 8790;

	public function __construct(
		private readonly Pairing $pairing,
		private readonly Token $token,
	) {
	}

	/** For `EnvironmentFile=` of systemd and `--env-file` of Docker, which both take everything behind `=` as it is. */
	public function environment(): string {
		$lines = [
			'AUZOLAN_NEXTCLOUD_URL=' . $this->token->issuer(),
			'AUZOLAN_SECRET=' . $this->pairing->secret(),
		];
		$previous = array_values(array_diff($this->pairing->acceptedSecrets(), [$this->pairing->secret()]));
		if ($previous !== []) {
			$lines[] = 'AUZOLAN_PREVIOUS_SECRET=' . $previous[0];
		}
		if ($this->pairing->serverUrl() !== '') {
			$lines[] = 'AUZOLAN_PUBLIC_URL=' . $this->pairing->serverUrl();
		}
		$lines[] = 'AUZOLAN_PORT=' . $this->port();
		if ($this->pairing->internalAddress()?->isLoopback() === true) {
			// Whoever reaches it from this machine alone need not offer it to others.
			$lines[] = 'AUZOLAN_LISTEN=127.0.0.1';
		}
		return implode("\n", $lines) . "\n";
	}

	/** @param value-of<self::PROXIES> $proxy */
	public function proxy(string $proxy): string {
		$path = $this->pairing->publicAddress()?->path ?? '/auzolan';
		$host = $this->pairing->publicAddress()?->host ?? 'cloud.example.org';
		$upstream = 'http://' . $this->upstream();
		return match ($proxy) {
			'nginx' => $this->nginx($path, $upstream),
			'apache' => $this->apache($path, $upstream),
			'caddy' => $this->caddy($path),
			'traefik' => $this->traefik($path, $host, $upstream),
		};
	}

	/** @return array<value-of<self::PROXIES>, string> */
	public function proxies(): array {
		return array_combine(self::PROXIES, array_map($this->proxy(...), self::PROXIES));
	}

	/** The path reaches the server as the browser sent it; it finds its way with and without a prefix. */
	private function nginx(string $path, string $upstream): string {
		return <<<NGINX
			# Inside the "server" block of the public address. ^~ keeps Nextcloud's own rules for PHP away.
			location ^~ $path/ {
			    proxy_pass $upstream;
			    proxy_http_version 1.1;
			    proxy_set_header Upgrade \$http_upgrade;
			    proxy_set_header Connection "upgrade";
			    proxy_set_header Host \$host;
			    proxy_set_header Cookie "";
			    proxy_set_header X-Forwarded-For \$proxy_add_x_forwarded_for;
			    proxy_set_header X-Forwarded-Proto \$scheme;
			    proxy_read_timeout 1h;
			    client_max_body_size 32m;
			}

			NGINX;
	}

	private function apache(string $path, string $upstream): string {
		return <<<APACHE
			# Inside the VirtualHost of the public address, before any other ProxyPass. Apache 2.4.47 or newer.
			# Once: a2enmod proxy proxy_http headers
			ProxyPass $path/ $upstream$path/ upgrade=websocket timeout=3600
			<Location "$path/">
			    RequestHeader unset Cookie
			</Location>

			APACHE;
	}

	private function caddy(string $path): string {
		$upstream = $this->upstream();
		return <<<CADDY
			# Inside the site block of the public address.
			handle $path/* {
			    reverse_proxy $upstream {
			        header_up -Cookie
			    }
			}

			CADDY;
	}

	private function traefik(string $path, string $host, string $upstream): string {
		$prefix = $path === '' ? '/' : $path . '/';
		return <<<TRAEFIK
			# A file for the file provider. The priority is above that of Nextcloud's own router.
			http:
			  routers:
			    auzolan:
			      rule: "Host(`$host`) && PathPrefix(`$prefix`)"
			      priority: 1000
			      middlewares: [auzolan-headers]
			      service: auzolan
			      tls: {}
			  middlewares:
			    auzolan-headers:
			      headers:
			        customRequestHeaders:
			          Cookie: ""
			  services:
			    auzolan:
			      loadBalancer:
			        servers:
			          - url: "$upstream"

			TRAEFIK;
	}

	/** Where the proxy finds the server: the internal address, unless nobody has set one. */
	private function upstream(): string {
		return ($this->pairing->internalAddress()?->host ?? '127.0.0.1') . ':' . $this->port();
	}

	private function port(): int {
		// Without a proxy, on one machine, the server listens where the browser looks.
		$public = $this->pairing->publicAddress();
		$address = $this->pairing->internalAddress() ?? ($public?->isLoopback() ? $public : null);
		return $address === null ? self::PORT : $address->port ?? ($address->scheme === 'https' ? 443 : 80);
	}

	/** Whether config.php leaves this to be changed here. */
	public function isFixed(string $key): bool {
		return in_array($key, $this->pairing->fixed(), true)
			|| ($key === Lexicon::SECRET && $this->pairing->hasSecretFile());
	}
}

<?php

declare(strict_types=1);

/**
 * Owns the addresses of the app's own pages, as others link to them.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Service;

use OCA\Auzolan\AppInfo\Application;
use OCP\IURLGenerator;

final class Places {
	/** What is answered where the text is written, and not where it is reviewed. */
	private const IN_THE_TEXT = ['changes', 'mention', 'reopened'];
	private const OF_TOOLS = ['tool_review', 'tool_use', 'tools_unwatched'];

	private const WITH_ICON = ['tool', 'suggestion', 'document', 'post', 'comment', 'answer', 'comparison'];

	public function __construct(
		private readonly IURLGenerator $urls,
	) {
	}

	public function home(): string {
		return $this->urls->linkToRouteAbsolute(Application::APP_ID . '.page.index');
	}

	/** Where a person goes who was told of this. */
	public function of(string $kind, string $document, ?string $comment = null, ?string $post = null): string {
		if ($post !== null) {
			return rtrim($this->home(), '/') . '/d/' . rawurlencode($document) . '/calendar/' . rawurlencode($post);
		}
		// What is said of a tool stands on its card.
		if (in_array($kind, self::OF_TOOLS, true)) {
			return rtrim($this->home(), '/') . '/tools' . ($document === '' ? '' : '/' . rawurlencode($document));
		}
		// What is said of a tool is no document.
		if (str_starts_with($kind, 'suggestion_')) {
			return rtrim($this->home(), '/') . '/suggest/' . rawurlencode($document);
		}
		return rtrim($this->home(), '/') . '/d/' . rawurlencode($document)
			. match (true) {
				// Where the log of moderation is.
				$kind === 'block' => '/participation',
				$kind === 'figures' => '/indicators',
				in_array($kind, ['score', 'scored'], true) => '/scoring',
				in_array($kind, self::IN_THE_TEXT, true) => '',
				default => '/review',
			}
			. ($comment === null ? '' : '?comment=' . rawurlencode($comment));
	}

	/**
	 * @return ?string where in the app a link of ours leads, with its query; null for every other link
	 */
	public function within(string $link): ?string {
		$site = preg_quote(rtrim($this->urls->getAbsoluteURL('/'), '/'), '#');
		// Nextcloud answers with and without index.php, wherever it runs and whatever it shows itself.
		if (preg_match('#^' . $site . '(?:/index\.php)?/apps/' . Application::APP_ID . '(/[^\s\#]*)#D', $link, $found) !== 1) {
			return null;
		}
		return $found[1];
	}

	/** Of a kind of thing that is found, or that a link leads to. */
	public function iconOf(string $kind): string {
		$file = in_array($kind, self::WITH_ICON, true) ? 'kind-' . $kind . '.svg' : 'app-dark.svg';
		return $this->urls->getAbsoluteURL($this->urls->imagePath(Application::APP_ID, $file));
	}

	/** Black: Nextcloud turns it white where the ground is dark. */
	public function icon(): string {
		return $this->urls->getAbsoluteURL($this->urls->imagePath(Application::APP_ID, 'app-dark.svg'));
	}
}

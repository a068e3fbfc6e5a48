<?php

declare(strict_types=1);

/**
 * Owns the place where the app mounts itself.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
?>
<div id="auzolan"><div class="icon-loading" style="width: 100%; height: 60vh"></div></div>

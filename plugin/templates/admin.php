<?php

declare(strict_types=1);

/**
 * Owns the place where the administration page mounts itself.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
?>
<div id="auzolan-admin"></div>

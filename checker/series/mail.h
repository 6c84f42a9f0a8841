/* SPDX-License-Identifier: GPL-2.0-only */
/* mail.h - patches that come by mail, applied beside the repository. */
#ifndef RACYBITS_SERIES_MAIL_H
#define RACYBITS_SERIES_MAIL_H

#include "series.h"

/*
 * Applies the patches of the mail or mailbox `file` ("-": standard input) to s->commits[BEFORE];
 * returns the name of the resulting tree, malloc'd.  Dies as series_of_mail() does.
 */
char *mail_apply(struct patch_series *s, const char *file);

#endif

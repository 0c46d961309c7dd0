create table ours (pgsync_r int, pgsync_n int, pgsync_o int, pgsync_c int, pgsync_same int, pgsync_there int, pgsync_wanted int, pgsync_h int, pgsync_s text, pgsync_t text, pgsync_held text, pgsync_staged text, pgsync_texts text, pgsync_gone text, pgsync_sums text, pgsync_r_ text);
create table "select ""?"" from t; --" ("?" text, "a""b" text, "%" text, "%1$s" text, "{fn now()}" text, "--" text, "'" text, "$1" text, "$$" text, " " text, "A" text, "a" text, "select" text);
create table pgsync_stage (pgsync_stage text, "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc1" text, "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc2" text, "値値値値値値値値値値値値値値値値値値値値値" text);
create table pgsync_h (pgsync_h int, kind text);
create table named (id int, kind text);

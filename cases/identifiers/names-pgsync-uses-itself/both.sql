create table pgsync_stage (pgsync_n int, pgsync_t text, pgsync_s text, pgsync_k text, pgsync_k0 text, pgsync_u0 text unique, excluded text, primary key (pgsync_n, pgsync_k));
create table pgsync_extra (pgsync_n bigint primary key, bucket int, n int, h int);
create table pgsync_t (pgsync_t int primary key, pgsync_s int unique);
create table task (id int primary key, fence int, status text);
create table pgsync_bucket (bucket int primary key, numbers text);
create table pgsync_source_digest (h int, n int, bucket int, primary key (h, n, bucket));

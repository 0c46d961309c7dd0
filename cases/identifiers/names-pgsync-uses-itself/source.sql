insert into pgsync_stage select i, 't', 's', 'k', 'k0', 'u' || i, 'e' from generate_series(1, 20) i;
insert into pgsync_extra select i, i, i, i from generate_series(1, 20) i;
insert into pgsync_t select i, i from generate_series(1, 20) i;
insert into task values (1, 1, 'DONE');
insert into pgsync_bucket select i, i from generate_series(1, 20) i;
insert into pgsync_source_digest select i, i, i from generate_series(1, 20) i;

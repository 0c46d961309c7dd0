begin; update pgsync_stage set pgsync_u0 = 'parked' where pgsync_n = 1; update pgsync_stage set pgsync_u0 = 'u1' where pgsync_n = 2; update pgsync_stage set pgsync_u0 = 'u2' where pgsync_n = 1; commit;
delete from pgsync_stage where pgsync_n = 3; insert into pgsync_stage values (33, '', '', '', '', '', '');
delete from pgsync_extra where pgsync_n = 4; update pgsync_extra set h = 0 where pgsync_n = 5; insert into pgsync_extra values (44, 4, 4, 4);
delete from pgsync_t where pgsync_t = 1; update pgsync_t set pgsync_s = 1 where pgsync_t = 2;
delete from pgsync_bucket where bucket = 7; insert into pgsync_bucket values (77, 'x');
delete from pgsync_source_digest where bucket = 7; insert into pgsync_source_digest values (7, 7, 8);

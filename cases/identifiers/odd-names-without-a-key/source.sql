insert into ours select i, i, i, i, i, i, i, i, 's', 't', 'h', 's', 't', 'g', 's', '_' from generate_series(1, 20) i;
insert into "select ""?"" from t; --" select '?', i, '%', '%1$s', '{fn now()}', '--', '''', '$1', '$$', ' ', 'A', 'a', 'select' from generate_series(1, 20) i;
insert into pgsync_stage select i, i, i, i from generate_series(1, 20) i;
insert into pgsync_h select i, 'a' from generate_series(1, 20) i;
insert into named select i, 'a' from generate_series(1, 20) i;
create table with_generated (v text, n int);
insert into with_generated select 'v', i from generate_series(1, 20) i;

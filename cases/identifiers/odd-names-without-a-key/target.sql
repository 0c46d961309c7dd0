insert into pgsync_h values (1000, 'mine');
insert into named values (1000, 'mine');
create table with_generated (v text, n int, pgsync_o int generated always as (1) stored, pgsync_c int generated always as (2) stored);

update public.t set d = '2024-05-06', i = '-1 day 00:00:01', updated_at = now() where id = 1;
delete from public.t where id = 2;
insert into public.t values (3, '1999-12-31', null, null, 1/3.0, null, null, null, array[null, 'NULL']);

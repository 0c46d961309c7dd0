update t set v = 100000 where k in ('a', 'Ä');
delete from t where k in ('A', 'ä', 'ss');
begin;
update u set name = 'was ' || name where id in (10, 11);
update u set name = case id when 10 then 'N5' else 'n5' end where id in (10, 11);
commit;
update p set v = 7 where k = 'é';

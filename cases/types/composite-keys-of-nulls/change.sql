begin;
update t set u = -1 where v = 'nulls';
update t set u = 1 where v = 'one';
update t set u = 2 where v = 'nulls';
commit;
delete from t where v = 'both';

update t set v = '<?xml version="1.1"?><a>e</a>' where id = 4;
delete from t where id = 6;
delete from without_key where v::text like '%stylesheet%';
insert into without_key values ('<?xml version="1.1"?><b/>');

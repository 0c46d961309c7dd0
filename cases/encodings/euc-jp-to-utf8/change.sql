update word set v = '変更', updated_at = now() where id = 1;
delete from keyed where k = '東京';
update keyed set n = -1 where k = '日本';
insert into keyed values ('大阪', 6);
update "表" set v = '四文字' where "列" = 1;

delete from item where id = 2;
delete from compared where id = 2;
update compared set pos = pos - 1 where pos > 2;

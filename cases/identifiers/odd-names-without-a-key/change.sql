update ours set pgsync_same = 0 where pgsync_r = 1; delete from ours where pgsync_r = 2; insert into ours (pgsync_r) values (33);
update "select ""?"" from t; --" set "%" = '%%' where "a""b" = '1'; delete from "select ""?"" from t; --" where "a""b" = '2';
update pgsync_stage set "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc2" = 'x' where pgsync_stage = '1';
update pgsync_h set pgsync_h = 0 where pgsync_h = 1; delete from pgsync_h where pgsync_h = 2;
update named set id = 0 where id = 1; delete from named where id = 2;
update with_generated set v = 'w' where n = 1;

update t set p = '((0,0),(1,1))' where id = 2;
update t set boxes = '{(1,1),(0,0)}' where id = 3;
delete from t where id = 1;

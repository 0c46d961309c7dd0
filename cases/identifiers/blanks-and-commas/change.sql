update " "." " set "," = ',,' where " " = 2;
update " "."x, y" set "left, out" = 'other' where id = 1;
update " "."x, y" set "k,1" = 'k3' where id = 2;

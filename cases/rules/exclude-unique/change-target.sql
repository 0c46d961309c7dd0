update t set u = 10 * id where id < 3;

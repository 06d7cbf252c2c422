import Director

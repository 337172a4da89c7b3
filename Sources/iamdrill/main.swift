print("iamdrill")

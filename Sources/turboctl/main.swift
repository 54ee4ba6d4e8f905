print("turboctl")

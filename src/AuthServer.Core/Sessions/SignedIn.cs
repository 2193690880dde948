using AuthServer.Core.Model;

namespace AuthServer.Core.Sessions;

/// <summary>User that this browser is signed in as: a live session and its user, who is not blocked.</summary>
public sealed record SignedIn(Session Session, User User);

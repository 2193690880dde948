using AuthServer.Core.Model;

namespace AuthServer.Core.Sessions;

/// <summary>A session and its user.</summary>
public sealed record SignedIn(Session Session, User User);

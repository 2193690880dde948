namespace AuthServer.Core.Users;

/// <summary>Accounts that the browser of this request was signed in to before.</summary>
public interface IKnownBrowser
{
    /// <returns>The browser's id when it signed in to the account before; null for any other.</returns>
    string? IdFor(string userId);

    /// <summary>The user has just proved with this browser who they are.</summary>
    void Remember(string userId);
}

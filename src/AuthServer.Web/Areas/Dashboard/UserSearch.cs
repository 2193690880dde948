using System.Text.Json.Nodes;
using AuthServer.Web.Areas.Dashboard.Pages.Users;
using AuthServer.Web.Management;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Areas.Dashboard;

/// <summary>Looks for users of whom one is added to something.</summary>
/// <param name="Text">What was typed.</param>
/// <param name="Found">Null without a search.</param>
internal sealed record UserSearch(string? Text, IReadOnlyList<UserView>? Found)
{
    private const int MaxFound = 10;

    /// <summary>Why the text can't be read.</summary>
    public ManagementError? Error { get; private init; }

    /// <summary>The roles of which one goes with each user; empty when there is nothing to choose.</summary>
    public IReadOnlyList<JsonObject> Roles { get; init; } = [];

    /// <summary>The beginning of a user's name or address, as a search.</summary>
    public static string? QueryOf(string? text) => LuceneText.Search(text, "email", "name", "username", "user_id");

    public static async Task<UserSearch> FindAsync(
        string? text, UserService users, Paging paging, ManagementPrincipal principal, CancellationToken ct)
    {
        if (QueryOf(text) is not { } query)
            return new UserSearch(text, Found: null);
        try
        {
            var list = await users.ListAsync(
                new UserFilter { Search = query }, paging with { Page = 0, Size = MaxFound }, Fields.All, ct);
            var found = ResourcePage.Of(list, "users").Items;
            return new UserSearch(text, [.. found.Select(json => new UserView(json, principal))]);
        }
        catch (ManagementException unreadable)
        {
            return new UserSearch(text, Found: null) { Error = unreadable.Error };
        }
    }
}

using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Areas.Dashboard.Pages.Users;

/// <summary>The list of users.</summary>
[RequiresScope("read:users")]
internal sealed class IndexModel(DashboardServices services, UserService users) : DashboardPage(services)
{
    /// <summary>What can be filtered by, as a search.</summary>
    public static IReadOnlyDictionary<string, string> States { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["blocked"] = "blocked:true",
            ["unconfirmed"] = "email_verified:false",
        };

    public string? Search { get; private set; }

    public string? State { get; private set; }

    public ResourcePage Users { get; private set; } = ResourcePage.None;

    public async Task OnGetAsync(string? q, string? state, CancellationToken ct)
    {
        (Search, State) = (q, state is not null && States.ContainsKey(state) ? state : null);
        var typed = UserSearch.QueryOf(q);
        var ofState = State is null ? null : States[State];
        var search = (typed, ofState) switch
        {
            (not null, not null) => $"({typed}) AND {ofState}",
            _ => typed ?? ofState,
        };
        var filter = new UserFilter { Search = search, Sort = "created_at:-1" };
        try
        {
            Users = ResourcePage.Of(await users.ListAsync(filter, Paging, Fields.All, ct), "users");
        }
        catch (ManagementException unreadable)
        {
            Error = unreadable.Error;
        }
    }
}

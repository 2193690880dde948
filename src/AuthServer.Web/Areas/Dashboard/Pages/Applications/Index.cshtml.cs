using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Clients;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Areas.Dashboard.Pages.Applications;

/// <summary>The list of applications.</summary>
[RequiresScope("read:clients")]
internal sealed class IndexModel(DashboardServices services, ClientService clients, ClientActivity activity)
    : DashboardPage(services)
{
    /// <summary>Stands for those that registered themselves, where an application type stands else.</summary>
    public const string Registered = "registered";

    public string? Search { get; private set; }

    public string? AppType { get; private set; }

    public ResourcePage Clients { get; private set; } = ResourcePage.None;

    public IReadOnlyDictionary<string, DateTimeOffset> LastUses { get; private set; } =
        new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);

    public async Task OnGetAsync(string? q, string? type, CancellationToken ct)
    {
        (Search, AppType) = (q?.Trim(), type);
        var filter = new ClientFilter
        {
            Search = Search,
            AppTypes = ApplicationTypes.All.Contains(type, StringComparer.Ordinal) ? [type!] : null,
            IsSelfRegistered = type == Registered ? true : null,
            IsNewestFirst = true,
        };
        Clients = ResourcePage.Of(await clients.ListAsync(filter, Paging, Fields.All, WithoutSecrets, ct), "clients");
        LastUses = await activity.LastUsesAsync([.. Clients.Items.Select(c => (string)c["client_id"]!)], ct);
    }
}

using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;

namespace AuthServer.Protocol.Exchange;

/// <summary>
/// Counts a token against the quotas of its client and its organization, or the tenant's defaults for them. Nothing is
/// asked of the store where there is no quota.
/// </summary>
internal sealed class TokenQuotaRule(Tenant tenant, ITokenQuotaCounters counters)
{
    public ValueTask<OAuthError?> QuotaIsLeft(ExchangeContext context, CancellationToken ct)
    {
        var settings = tenant.Settings;
        var ofClient = context.Client.TokenQuota ?? settings.DefaultClientQuota;
        var ofOrganization = context.Organization is { } organization
            ? organization.TokenQuota ?? settings.DefaultOrganizationQuota
            : null;
        return ofClient is null && ofOrganization is null
            ? default
            : CountAsync(context, ofClient, ofOrganization, ct);
    }

    private async ValueTask<OAuthError?> CountAsync(
        ExchangeContext context, TokenQuota? ofClient, TokenQuota? ofOrganization, CancellationToken ct)
    {
        var clients = QuotaBucket.Of(ofClient, "client|" + context.Client.ClientId, context.Now).ToList();
        var organizations = QuotaBucket.Of(ofOrganization, "organization|" + context.Organization?.Id, context.Now);
        var uses = await counters.CountAsync([.. clients, .. organizations], ct);
        context.QuotaReports =
        [
            new QuotaReport("Client", [.. uses.Take(clients.Count)]),
            new QuotaReport("Organization", [.. uses.Skip(clients.Count)]),
        ];
        return context.QuotaReports.FirstOrDefault(report => report.Exceeded is not null) is { } full
            ? OAuthError.TooManyRequests($"{full.Owner} quota exceeded")
            : null;
    }
}

using System.Text.Json.Nodes;
using AuthServer.Core.Federation;
using AuthServer.Core.Model;
using AuthServer.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AuthServer.Web.Areas.Dashboard.Pages.Connections;

/// <summary>Kinds of connections, in words.</summary>
internal static class ConnectionStrategies
{
    public static IReadOnlyList<string> All { get; } =
    [
        Connection.DatabaseStrategy,
        ProviderPreset.Google,
        ProviderPreset.Microsoft,
        ProviderPreset.Apple,
        ProviderPreset.GitHub,
        ProviderPreset.Oidc,
        ProviderPreset.OAuth2,
    ];

    public static bool Has(string? strategy) => All.Contains(strategy, StringComparer.Ordinal);

    public static string In(IStringLocalizer<Texts> texts, JsonObject connection) =>
        texts["Dashboard.Connection.strategy." + connection["strategy"]];
}

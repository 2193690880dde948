using System.Text.Json.Nodes;
using AuthServer.Core.Logs;
using AuthServer.Web.Branding;
using AuthServer.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AuthServer.Web.Areas.Dashboard;

/// <summary>An event of the audit log, in words.</summary>
internal sealed record EventView(JsonObject Json)
{
    public string Id => (string)Json["log_id"]!;

    public string Type => (string)Json["type"]!;

    public string Date => (string)Json["date"]!;

    /// <summary>Something was refused or failed.</summary>
    public bool IsRefusal =>
        LogEventTypes.RefusalCodes.Contains(Type, StringComparer.Ordinal) || Type.EndsWith("failed", StringComparison.Ordinal);

    public string? UserId => (string?)Json["user_id"];

    public string? ClientId => (string?)Json["client_id"];

    public string User => Text("user_name") is { Length: > 0 } name ? name : Text("user_id");

    public string Application => Text("client_name") is { Length: > 0 } name ? name : Text("client_id");

    public string Address => Text("ip");

    public string Description => Text("description");

    /// <summary>What happened; of a call of the Management API, which one.</summary>
    public string In(IStringLocalizer<Texts> texts) => texts["Dashboard.Event." + Type] switch
    {
        { ResourceNotFound: true } => Description,
        var text when Type == LogEventTypes.ApiOperation.Code || Type == LogEventTypes.FailedApiOperation.Code =>
            $"{text.Value}: {Description}",
        var text => text.Value,
    };

    private string Text(string member) => DisplayText.Of((string?)Json[member] ?? "");
}

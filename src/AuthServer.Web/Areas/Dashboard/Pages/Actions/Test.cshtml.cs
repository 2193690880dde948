using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Tenants;
using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Actions;
using AuthServer.Web.Management.Wire;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Actions;

/// <summary>
/// Executes the draft of an Action with an event that the administrator writes. With secrets, which the draft can show,
/// it takes a recent login.
/// </summary>
[RequiresScope("create:actions")]
internal sealed class TestModel(
    DashboardServices services, ActionService actions, ActionTestService tests, Tenant tenant)
    : ActionPage(services, actions)
{
    private const string Operation = "POST /api/v2/actions/actions/{id}/test";

    /// <summary>The event, as JSON.</summary>
    public string Event { get; private set; } = "";

    /// <summary>Why the event is refused, in English.</summary>
    public string? EventError { get; private set; }

    /// <summary>Null before the test.</summary>
    public JsonObject? Result { get; private set; }

    protected override bool NeedsRecentLogin => Action.Json["secrets"]!.AsArray().Count > 0;

    /// <summary>The functions that the Action called.</summary>
    public IEnumerable<string> Calls => Result!["commands"]!.AsArray().Select(command =>
    {
        var parts = command!.AsArray();
        var arguments = parts.Skip(1).Select(part => part?.ToJsonString(JsonText.Relaxed) ?? "null");
        return $"api.{parts[0]}({string.Join(", ", arguments)})";
    });

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await OpenAsync(ct);
        if (!MayAct)
            return To(Request.Path);
        Event = Request.Posted("event").ReplaceLineEndings("\n");
        if (FieldText.ReadObject(Event) is not { } payload)
        {
            EventError = Reasons.NotAnObject;
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }

        Error = await PerformAsync(
            Operation,
            async () =>
            {
                var body = JsonBody.Of(new JsonObject { ["payload"] = payload });
                Result = (await tests.TestAsync(Id, body, ct))["payload"]!.AsObject();
            },
            Id);
        return Page();
    }

    protected override Task LoadAsync(CancellationToken ct)
    {
        Event = SampleEvents.For(Action.TriggerId, tenant.Issuer, Now).ToJsonString(JsonText.Indented);
        return Task.CompletedTask;
    }
}

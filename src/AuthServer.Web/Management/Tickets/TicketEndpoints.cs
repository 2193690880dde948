using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Tickets;

internal static class TicketEndpoints
{
    public static void MapTickets(this RouteGroupBuilder api)
    {
        api.MapPost("/tickets/email-verification", VerifyEmailAsync).RequireScope("create:user_tickets");
        api.MapPost("/tickets/password-change", ChangePasswordAsync).RequireScope("create:user_tickets");
    }

    private static async Task<IResult> VerifyEmailAsync(
        JsonBody body, ManagementPrincipal caller, TicketService tickets, CancellationToken ct) =>
        ManagementResults.Created(await tickets.VerifyEmailAsync(body, caller, ct));

    private static async Task<IResult> ChangePasswordAsync(
        JsonBody body, ManagementPrincipal caller, TicketService tickets, CancellationToken ct) =>
        ManagementResults.Created(await tickets.ChangePasswordAsync(body, caller, ct));
}

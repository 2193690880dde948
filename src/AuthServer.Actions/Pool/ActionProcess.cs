using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AuthServer.Actions.Messages;

namespace AuthServer.Actions.Pool;

/// <summary>A child process, which executes one run at a time.</summary>
internal sealed class ActionProcess : IDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly LineReader lines;

    private ActionProcess(Process process) =>
        (this.process, lines) = (process, new LineReader(process.StandardOutput.BaseStream));

    public bool IsAlive => !process.HasExited;

    /// <summary>Time of the processor that it has used; none when it is gone.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            try
            {
                process.Refresh();
                return process.TotalProcessorTime;
            }
            catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
            {
                return TimeSpan.Zero;
            }
        }
    }

    /// <summary>Starts a child, and waits until it is warm.</summary>
    public static async Task<ActionProcess> StartAsync(ActionCommand command, CancellationToken ct)
    {
        var started = Process.Start(Describe(command))
            ?? throw new InvalidOperationException("The process for Actions did not start.");
        started.BeginErrorReadLine();
        var child = new ActionProcess(started);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(StartTimeout);
        try
        {
            while (await child.ReadAsync(timeout.Token) is { } message)
            {
                if (message.IsReady)
                    return child;
            }

            throw new InvalidOperationException("The process for Actions ended before it was ready.");
        }
        catch
        {
            child.Dispose();
            throw;
        }
    }

    /// <returns>Null when the child is gone, or wrote what it may not.</returns>
    public async Task<ChildMessage?> ReadAsync(CancellationToken ct)
    {
        try
        {
            return await lines.ReadAsync(ct) is { } line
                ? JsonSerializer.Deserialize(line, MessageContext.Default.ChildMessage)
                : null;
        }
        catch (Exception failure) when (failure is IOException or JsonException)
        {
            return null;
        }
    }

    /// <returns>False when the child is gone.</returns>
    public async Task<bool> TryWriteAsync(ParentMessage message, CancellationToken ct)
    {
        try
        {
            var stream = process.StandardInput.BaseStream;
            var json = JsonSerializer.SerializeToUtf8Bytes(message, MessageContext.Default.ParentMessage);
            await stream.WriteAsync((byte[])[.. json, (byte)'\n'], ct);
            await stream.FlushAsync(ct);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public void Kill()
    {
        try
        {
            process.Kill();
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }
    }

    public void Dispose()
    {
        Kill();
        process.Dispose();
    }

    /// <summary>Nothing of this process's environment, which may have secrets, is the child's.</summary>
    private static ProcessStartInfo Describe(ActionCommand command)
    {
        var start = new ProcessStartInfo(command.File, command.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetPathRoot(AppContext.BaseDirectory),
        };
        start.Environment.Clear();
        start.Environment["DOTNET_GCHeapHardLimit"] = ActionLimits.MaxHeap.ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        return start;
    }
}

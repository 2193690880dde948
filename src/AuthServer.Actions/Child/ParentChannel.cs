using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using AuthServer.Actions.Messages;

namespace AuthServer.Actions.Child;

/// <summary>The lines to and from the parent process.</summary>
internal sealed class ParentChannel : IDisposable
{
    private readonly BlockingCollection<ParentMessage> received = [];
    private readonly Stream output;
    private long calls;

    public ParentChannel(Stream input, Stream output)
    {
        this.output = output;
        new Thread(() => ReadAll(input)) { IsBackground = true, Name = "parent" }.Start();
    }

    /// <summary>The parent is gone.</summary>
    public bool IsClosed => received.IsCompleted;

    /// <summary>An id that no call of this process has had.</summary>
    public long NextCallId() => ++calls;

    /// <returns>Null when the parent is gone.</returns>
    public ParentMessage? Read() => received.TryTake(out var message, Timeout.Infinite) ? message : null;

    /// <returns>Null when nothing came in time.</returns>
    public ParentMessage? Read(TimeSpan wait) =>
        received.TryTake(out var message, wait > TimeSpan.Zero ? wait : TimeSpan.Zero) ? message : null;

    public void Write(ChildMessage message)
    {
        JsonSerializer.Serialize(output, message, MessageContext.Default.ChildMessage);
        output.WriteByte((byte)'\n');
        output.Flush();
    }

    public void Dispose() => received.Dispose();

    private void ReadAll(Stream input)
    {
        using var reader = new StreamReader(input, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
            received.Add(JsonSerializer.Deserialize(line, MessageContext.Default.ParentMessage)!);
        received.CompleteAdding();
    }
}
